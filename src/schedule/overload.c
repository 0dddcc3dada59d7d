#include "schedule/explain.h"

msched_result msched__explain_overloads(msched__explain *e)
{
    (void)e;
    return MSCHED_OK;
}
