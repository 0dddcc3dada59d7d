/* cli/cmd_completion.c: scripts that complete commands and options in bash, zsh and fish. */
#include "cli.h"

#include <string.h>

/* Words that an option takes, separated by spaces; "": none are known; NULL: it takes files. */
static const char *words_of(const cli_option *option)
{
    static const char *const words[][2] = {
        {"count", "entries tracks recordings"},
        {"order", "key mean n"},
        {"by", "genre subgenre artist playlist year decade month year_month"},
        {"format", "table json csv ndjson"},
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(option->name, words[i][0]) == 0)
            return words[i][1];
    }
    return option->value != NULL && strcmp(option->value, "FILE") == 0 ? NULL : "";
}

/* Text within '...' of a shell. */
static void print_quoted(const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '\'')
            fputs("'\\''", stdout);
        else
            putchar(*text);
    }
}

static void print_commands(const char *before, const char *after)
{
    for (uint32_t i = 0; i < cli_command_count; i++)
        printf("%s%s%s", before, cli_commands[i].name, after);
}

static void print_bash_command(const cli_command *command)
{
    cli_option option;

    printf("    %s)\n        case $before in\n", command->name);
    for (uint32_t i = 0; cli_option_get(command->takes, i, &option); i++) {
        const char *words = words_of(&option);

        if (option.value == NULL)
            continue;
        printf("            --%s", option.name);
        if (option.letter != 0)
            printf(" | -%c", option.letter);
        if (words == NULL)
            printf(") COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n");
        else
            printf(") COMPREPLY=($(compgen -W '%s' -- \"$word\")); return ;;\n", words);
    }
    printf("        esac\n        options='");
    for (uint32_t i = 0; cli_option_get(command->takes, i, &option); i++)
        printf("%s--%s", i > 0 ? " " : "", option.name);
    printf("' ;;\n");
}

static void print_bash(void)
{
    printf("# bash completion for musicsched\n"
           "_musicsched() {\n"
           "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} options\n"
           "    COMPREPLY=()\n"
           "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
           "        COMPREPLY=($(compgen -W '");
    print_commands("", " ");
    printf("--help --version' -- \"$word\"))\n"
           "        return\n"
           "    fi\n"
           "    case ${COMP_WORDS[1]} in\n");
    for (uint32_t i = 0; i < cli_command_count; i++)
        print_bash_command(&cli_commands[i]);
    printf("    esac\n"
           "    case $word in\n"
           "        -*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\")) ;;\n"
           "        *) COMPREPLY=($(compgen -f -- \"$word\")) ;;\n"
           "    esac\n"
           "}\n"
           "complete -o filenames -F _musicsched musicsched\n");
}

/* A description within [...] of zsh's _arguments. */
static void print_zsh_description(const char *text)
{
    for (; *text != '\0'; text++) {
        if (strchr("[]:\\", *text) != NULL)
            putchar('\\');
        if (*text == '\'')
            fputs("'\\''", stdout);
        else
            putchar(*text);
    }
}

static void print_zsh_option(const cli_option *option)
{
    const char *words = words_of(option);
    const char *forms[2] = {option->name, NULL};
    char letter[2] = {option->letter, '\0'};

    forms[1] = option->letter != 0 ? letter : NULL;
    for (int i = 0; i < 2 && forms[i] != NULL; i++) {
        printf(" \\\n            '*%s%s[", i == 0 ? "--" : "-", forms[i]);
        print_zsh_description(option->help);
        putchar(']');
        if (option->value != NULL && words == NULL)
            printf(":file:_files");
        else if (option->value != NULL && *words != '\0')
            printf(":%s:(%s)", option->value, words);
        else if (option->value != NULL)
            printf(":%s:", option->value);
        putchar('\'');
    }
}

static void print_zsh(void)
{
    cli_option option;

    printf("#compdef musicsched\n"
           "_musicsched() {\n"
           "    local -a commands\n"
           "    commands=(\n");
    for (uint32_t i = 0; i < cli_command_count; i++) {
        printf("        '%s:", cli_commands[i].name);
        print_quoted(cli_commands[i].summary);
        printf("'\n");
    }
    printf("    )\n"
           "    if ((CURRENT == 2)); then\n"
           "        _describe command commands\n"
           "        return\n"
           "    fi\n"
           "    case $words[2] in\n");
    for (uint32_t i = 0; i < cli_command_count; i++) {
        printf("        %s)\n            shift words\n            ((CURRENT--))\n"
               "            _arguments -s",
               cli_commands[i].name);
        for (uint32_t j = 0; cli_option_get(cli_commands[i].takes, j, &option); j++)
            print_zsh_option(&option);
        printf(" \\\n            '*:file:_files' ;;\n");
    }
    printf("    esac\n}\n_musicsched \"$@\"\n");
}

static void print_fish_option(const cli_command *command, const cli_option *option)
{
    const char *words = words_of(option);

    printf("complete -c musicsched -n '__fish_seen_subcommand_from %s' -l %s", command->name,
           option->name);
    if (option->letter != 0)
        printf(" -s %c", option->letter);
    if (option->value != NULL && words == NULL)
        printf(" -r -F");
    else if (option->value != NULL && *words != '\0')
        printf(" -x -a '%s'", words);
    else if (option->value != NULL)
        printf(" -x");
    printf(" -d '");
    for (const char *at = option->help; *at != '\0'; at++)
        printf("%s%c", *at == '\'' || *at == '\\' ? "\\" : "", *at);
    printf("'\n");
}

static void print_fish(void)
{
    cli_option option;

    printf("# fish completion for musicsched\n");
    for (uint32_t i = 0; i < cli_command_count; i++) {
        const cli_command *command = &cli_commands[i];

        printf("complete -c musicsched -n __fish_use_subcommand -f -a %s -d '%s'\n", command->name,
               command->summary);
        for (uint32_t j = 0; cli_option_get(command->takes, j, &option); j++)
            print_fish_option(command, &option);
    }
}

int cmd_completion(cli_request *request, const msched_catalog *catalog)
{
    const char *shell = request->arguments[0];

    (void)catalog;
    if (strcmp(shell, "bash") == 0)
        print_bash();
    else if (strcmp(shell, "zsh") == 0)
        print_zsh();
    else if (strcmp(shell, "fish") == 0)
        print_fish();
    else {
        fprintf(stderr, "musicsched completion: \"%s\" is not one of bash, zsh, fish\n", shell);
        return CLI_BAD_USAGE;
    }
    return CLI_DONE;
}
