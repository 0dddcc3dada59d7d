#include "base/slice.h"

#include <string.h>

msched__slice msched__trim_wide(msched__slice text)
{
    for (size_t size = text.size + 1; size != text.size;) {
        size = text.size;
        if (size > 0 && (text.data[0] == ' ' || text.data[0] == '\t'))
            text = (msched__slice){text.data + 1, size - 1};
        else if (size > 1 && memcmp(text.data, "\xC2\xA0", 2) == 0)
            text = (msched__slice){text.data + 2, size - 2};
        else if (size > 0 && (text.data[size - 1] == ' ' || text.data[size - 1] == '\t'))
            text.size--;
        else if (size > 1 && memcmp(text.data + size - 2, "\xC2\xA0", 2) == 0)
            text.size -= 2;
    }
    return text;
}
