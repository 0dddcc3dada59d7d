/* tests/project/set_locale.c: preloaded into a program, gives it the user's locale before it starts. */
#include <locale.h>

__attribute__((constructor)) static void set_locale(void)
{
    setlocale(LC_ALL, "");
}
