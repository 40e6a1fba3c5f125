"""The registers as one XLSX workbook: the template we hand out, the reader, and the copy with its errors marked."""
