"""The mentoring program itself: frozen values and pure rules; time and chance are arguments."""
