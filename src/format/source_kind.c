/* Detect inputs that are not CSV by their first bytes. */
#include "format/section_file.h"
#include "format/source.h"

#include <string.h>

/* Ignoring case, after blanks and a byte order mark. */
static int begins_word(msched__slice head, const char *word)
{
    size_t at = msched__begins_with(head, "\xEF\xBB\xBF") ? 3 : 0;
    while (at < head.size && strchr(" \t\r\n", head.data[at]) != NULL && head.data[at] != '\0')
        at++;
    return msched__begins_with_word((msched__slice){head.data + at, head.size - at}, word);
}

/* A NUL among the first bytes. */
static int is_binary(msched__slice head)
{
    return head.size > 0 && memchr(head.data, '\0', head.size < 4096 ? head.size : 4096) != NULL;
}

static int holds(msched__slice head, const char *text)
{
    size_t size = strlen(text);
    for (size_t at = 0; at + size <= head.size; at++)
        if (memcmp(head.data + at, text, size) == 0)
            return 1;
    return 0;
}

static const char *packed_kind(msched__slice head)
{
    if (msched__is_section_file(head.data, head.size))
        return "a saved catalog: name it as a file, by its path";
    if (msched__begins_with(head, "PK\x03\x04")) {
        if (holds(head, "xl/") || holds(head, "[Content_Types].xml"))
            return "an Excel workbook (XLSX): save it as CSV UTF-8 in the spreadsheet program";
        if (holds(head, "opendocument.spreadsheet"))
            return "an OpenDocument spreadsheet: save it as CSV in the spreadsheet program";
        return "a ZIP archive: unpack it and name the files in it";
    }
    if (msched__begins_with(head, "BZh") && is_binary(head))
        return "a bzip2 file: unpack it with bunzip2";
    if (msched__begins_with(head, "\xFD"
                                  "7zXZ"))
        return "an xz file: unpack it with unxz";
    if (msched__begins_with(head, "\x28\xB5\x2F\xFD"))
        return "a Zstandard file: unpack it with unzstd";
    return msched__begins_with(head, "7z\xBC\xAF")
               ? "a 7-Zip archive: unpack it and name the files in it"
               : NULL;
}

static const char *table_kind(msched__slice head)
{
    if (!is_binary(head))
        return msched__begins_with(head, "%PDF")
                   ? "a PDF document, which has no readable table of songs"
                   : NULL;
    if (msched__begins_with(head, "PAR1"))
        return "a Parquet file: save it as CSV, or load its table in Python "
               "(Catalog.from_arrow(pyarrow.parquet.read_table(path)))";
    if (msched__begins_with(head, "ARROW1"))
        return "an Arrow IPC file: save it as CSV, or load its table in Python "
               "(Catalog.from_arrow(pyarrow.feather.read_table(path)))";
    if (msched__begins_with(head, "FEA1"))
        return "a Feather file: save it as CSV, or load its table in Python "
               "(Catalog.from_arrow(pyarrow.feather.read_table(path)))";
    if (msched__begins_with(head, "\xFF\xFF\xFF\xFF"))
        return "an Arrow IPC stream: save it as CSV, or load its table in Python "
               "(Catalog.from_arrow(pyarrow.ipc.open_stream(path)))";
    if (msched__begins_with(head, "\xD0\xCF\x11\xE0"))
        return "an old Excel workbook (XLS): save it as CSV UTF-8 in the spreadsheet program";
    if (msched__begins_with(head, "SQLite format 3"))
        return "an SQLite database: export the table of songs as CSV";
    return NULL;
}

const char *msched__source_kind_of_bytes(msched__slice head)
{
    const char *kind = packed_kind(head);
    return kind != NULL ? kind : table_kind(head);
}

const char *msched__source_kind_of_text(msched__slice head)
{
    if (begins_word(head, "version https://git-lfs.github.com/spec/"))
        return "a Git LFS pointer, not the file itself: fetch it with git lfs pull";
    if (begins_word(head, "<!doctype html") || begins_word(head, "<html") ||
        begins_word(head, "<head"))
        return "a web page (HTML), not the file itself: download the CSV that the page links to";
    if (begins_word(head, "<"))
        return "XML: export the songs as CSV (an XSPF or iTunes playlist can be the songs of a "
               "plan)";
    if (begins_word(head, "{") || begins_word(head, "[{") || begins_word(head, "[\n") ||
        begins_word(head, "[\r"))
        return "JSON, which is read only from a file of up to 64 MiB that is named by its path: "
               "name such a file, or save the songs as CSV";
    if (begins_word(head, "#extm3u"))
        return "an M3U playlist, which is read only from a file that is named by its path: name "
               "the file, or save the songs as CSV";
    return is_binary(head) ? "a binary file: load a table of songs as CSV text" : NULL;
}
