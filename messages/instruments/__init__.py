"""The surveys that ship with the product, in every language, and the forms they are answered in."""
