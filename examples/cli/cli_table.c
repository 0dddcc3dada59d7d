/* cli/cli_table.c: tables for people, aligned by display width and cut to the terminal. */
#include "cli.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MAX_COLUMNS 16
#define BAR_WIDTH   30
#define LEAST_WIDTH 12 /* a text column is not cut below this */

typedef struct column {
    const char *title;
    enum cli_align align;
    int width;
    double largest; /* of a bar column */
} column;

typedef union cell {
    char *text;
    double bar;
} cell;

struct cli_table {
    column columns[MAX_COLUMNS];
    size_t column_count, cell_count, cell_capacity;
    cell *cells; /* row by row */
};

static void *checked(void *block)
{
    if (block == NULL) {
        fprintf(stderr, "musicsched: out of memory\n");
        exit(CLI_BAD_INPUT);
    }
    return block;
}

cli_table *cli_table_create(void)
{
    return checked(calloc(1, sizeof(cli_table)));
}

void cli_table_column(cli_table *table, const char *title, enum cli_align align)
{
    column *added = &table->columns[table->column_count++];

    added->title = title;
    added->align = align;
    added->width = cli_display_width(title);
}

static cell *add_cell(cli_table *table)
{
    if (table->cell_count == table->cell_capacity) {
        table->cell_capacity = table->cell_capacity == 0 ? 256 : 2 * table->cell_capacity;
        table->cells = checked(realloc(table->cells, table->cell_capacity * sizeof *table->cells));
    }
    return &table->cells[table->cell_count++];
}

static column *next_column(cli_table *table)
{
    return &table->columns[table->cell_count % table->column_count];
}

void cli_table_text(cli_table *table, const char *text)
{
    column *own = next_column(table);
    size_t size = strlen(text) + 1;
    int width = cli_display_width(text);
    cell *added = add_cell(table);

    added->text = memcpy(checked(malloc(size)), text, size);
    for (char *at = added->text; *at != '\0'; at++) {
        if ((unsigned char)*at < 0x20 || *at == 0x7f)
            *at = ' '; /* a line feed in a title must not break the table */
    }
    if (width > own->width)
        own->width = width;
}

void cli_table_whole(cli_table *table, uint64_t value)
{
    char text[32];

    snprintf(text, sizeof text, "%llu", (unsigned long long)value);
    cli_table_text(table, text);
}

void cli_table_number(cli_table *table, double value, int decimals)
{
    char text[64];

    snprintf(text, sizeof text, "%.*f", decimals, value);
    cli_table_text(table, isnan(value) ? "-" : text);
}

void cli_table_bar(cli_table *table, double value)
{
    column *own = next_column(table);

    own->width = BAR_WIDTH;
    if (value > own->largest)
        own->largest = value;
    add_cell(table)->bar = value;
}

/* On a terminal, the widest text columns give way until the table fits. */
static void fit_to_terminal(cli_table *table)
{
    int room = cli_terminal_width();
    int total = -2;

    for (size_t i = 0; i < table->column_count; i++)
        total += table->columns[i].width + 2;
    while (room > 0 && total > room) {
        column *widest = NULL;

        for (size_t i = 0; i < table->column_count; i++) {
            column *own = &table->columns[i];

            if (own->align != CLI_RIGHT && own->width > LEAST_WIDTH &&
                (widest == NULL || own->width > widest->width))
                widest = own;
        }
        if (widest == NULL)
            break;
        widest->width--;
        total--;
    }
}

static void print_text(const column *own, const char *text, int is_last)
{
    int width = cli_display_width(text);
    int padding = own->width > width ? own->width - width : 0;

    if (own->align == CLI_RIGHT)
        printf("%*s", padding, "");
    if (width > own->width)
        printf("%.*s…", (int)cli_fit(text, own->width - 1), text);
    else
        printf("%s", text);
    if (own->align != CLI_RIGHT && !is_last)
        printf("%*s", padding, "");
}

static void print_cell(const column *own, const cell *value, int is_last)
{
    char bar[4 * BAR_WIDTH + 1];

    if (own->align != CLI_BAR) {
        print_text(own, value->text, is_last);
        return;
    }
    cli_bar(bar, own->largest > 0 ? value->bar / own->largest : 0, own->width);
    print_text(own, bar, is_last);
}

static void print_header(const cli_table *table)
{
    int colored = cli_is_colored();

    printf("%s", colored ? "\033[1m" : "");
    for (size_t i = 0; i < table->column_count; i++) {
        int is_last = i + 1 == table->column_count;

        print_text(&table->columns[i], table->columns[i].title, is_last);
        printf("%s", is_last ? "" : "  ");
    }
    printf("%s\n", colored ? "\033[0m" : "");
}

int cli_table_print(cli_table *table)
{
    fit_to_terminal(table);
    print_header(table);
    for (size_t i = 0; i < table->cell_count; i++) {
        size_t place = i % table->column_count;
        int is_last = place + 1 == table->column_count;

        print_cell(&table->columns[place], &table->cells[i], is_last);
        printf("%s", is_last ? "\n" : "  ");
    }
    for (size_t i = 0; i < table->cell_count; i++) {
        if (table->columns[i % table->column_count].align != CLI_BAR)
            free(table->cells[i].text);
    }
    free(table->cells);
    free(table);
    return CLI_DONE;
}
