"""Published files for readers who may see part of it: which rows and columns, and the writing of them."""
