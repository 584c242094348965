"""Every schema this product ever had, as steps from the one before."""
