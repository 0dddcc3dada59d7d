/*
 * language_r.i: the package's R code calls the functions of C by .Call. The classes of S4 that SWIG
 * writes beside them are left out: they would cut numbers to 32 bits, take any object for a
 * pointer, and free only what a constructor made.
 * Errors are conditions of class musicsched_error; whole numbers are doubles, exact up to 2^53, and
 * one that does not fit is refused; texts are in UTF-8 both ways; columns are vectors with NA where
 * there is no value.
 */
%header %{
#include <R_ext/Utils.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct call {
    msched_error error;
    int interrupted;
} call;

static void check_interrupt(void *unused)
{
    (void)unused;
    R_CheckUserInterrupt();
}

/*
 * An interrupt must not jump out of the middle of the library, so it is caught here; end_call
 * signals it again, also where the library had come to its end before it looked.
 */
int32_t msched_swig_cancel(void *ctx)
{
    call *self = ctx;
    self->interrupted |= !R_ToplevelExec(check_interrupt, NULL);
    return self->interrupted;
}

void msched_swig_run(void (*work)(void *), void *argument, msched_error *err)
{
    (void)err;
    work(argument);
}

static SEXP utf8(const char *text)
{
    return text == NULL ? NA_STRING : Rf_mkCharCE(text, CE_UTF8);
}

/* stop() with a condition of these classes: it does not return. */
static void stop_with(const msched_error *error, const char *const *classes, int class_count)
{
    static const char *const names[] = {"message", "call", "code", "line", "column", ""};
    SEXP condition = PROTECT(Rf_mkNamed(VECSXP, (const char **)names));
    SET_VECTOR_ELT(condition, 0, Rf_ScalarString(utf8(error->message)));
    SET_VECTOR_ELT(condition, 2, Rf_mkString(msched_result_name(error->code)));
    SET_VECTOR_ELT(condition, 3, Rf_ScalarReal((double)error->line));
    SET_VECTOR_ELT(condition, 4, Rf_ScalarReal(error->column));
    SEXP class = PROTECT(Rf_allocVector(STRSXP, class_count));
    for (int i = 0; i < class_count; i++)
        SET_STRING_ELT(class, i, Rf_mkChar(classes[i]));
    Rf_setAttrib(condition, R_ClassSymbol, class);
    SEXP call = PROTECT(Rf_lang2(Rf_install("stop"), condition));
    Rf_eval(call, R_BaseEnv);
    UNPROTECT(3);
}

static void end_call(const call *self)
{
    static const char *const failed[] = {"musicsched_error", "error", "condition"};
    static const char *const interrupted[] = {"musicsched_interrupt", "interrupt", "condition"};
    static const msched_error cancelled = {.code = MSCHED_ERROR_CANCELLED, .message = "cancelled"};
    if (self->interrupted)
        stop_with(&cancelled, interrupted, 3);
    else if (self->error.code != MSCHED_OK)
        stop_with(&self->error, failed, 3);
}

/* `name`: of the argument. */
static void refuse(const char *name, const char *message)
{
    call refused = {.error = {.code = MSCHED_ERROR_ARGUMENT}};
    snprintf(refused.error.message, sizeof refused.error.message, "%s: %s", name, message);
    end_call(&refused);
}

/*
 * A double or integer without fraction; no more than 2^53, beyond which doubles miss whole numbers.
 */
static double whole_number(SEXP value, const char *name, double limit)
{
    double number = NAN;
    if (Rf_xlength(value) == 1
        && (Rf_isReal(value) || (Rf_isInteger(value) && !Rf_inherits(value, "factor"))))
        number = Rf_asReal(value);
    if (!(fabs(number) <= limit) || number != floor(number))
        refuse(name, "one whole number is needed that fits its range");
    return number;
}

/* One text, or NULL for NULL. Lives as long as R's transient memory: to the end of the call. */
static const char *to_text(SEXP value, const char *name)
{
    if (value == R_NilValue)
        return NULL;
    if (!Rf_isString(value) || Rf_xlength(value) != 1 || STRING_ELT(value, 0) == NA_STRING)
        refuse(name, "one text is needed");
    SEXP text = STRING_ELT(value, 0);
    /* Bytes marked as such or as UTF-8 go through as they are, for the library to judge. */
    cetype_t encoding = Rf_getCharCE(text);
    return encoding == CE_UTF8 || encoding == CE_BYTES ? CHAR(text) : Rf_translateCharUTF8(text);
}

/* An external pointer that carries its class's name; NULL for NULL. */
static void *to_pointer(SEXP value, const char *name, const char *class)
{
    if (value == R_NilValue)
        return NULL;
    if (TYPEOF(value) != EXTPTRSXP || R_ExternalPtrTag(value) != Rf_install(class))
        refuse(name, "the object is of another class");
    return R_ExternalPtrAddr(value);
}

static SEXP from_pointer(void *pointer, const char *class, R_CFinalizer_t finalize)
{
    if (pointer == NULL)
        return R_NilValue;
    SEXP value = PROTECT(R_MakeExternalPtr(pointer, Rf_install(class), R_NilValue));
    R_RegisterCFinalizerEx(value, finalize, FALSE);
    UNPROTECT(1);
    return value;
}

static SEXP from_numbers(number_list list)
{
    SEXP vector = PROTECT(Rf_allocVector(REALSXP, list.count));
    for (uint32_t i = 0; i < list.count; i++)
        REAL(vector)[i] = isnan(list.values[i]) ? NA_REAL : list.values[i];
    UNPROTECT(1);
    return vector;
}

static SEXP from_texts(text_list list)
{
    SEXP vector = PROTECT(Rf_allocVector(STRSXP, list.count));
    for (uint32_t i = 0; i < list.count; i++)
        SET_STRING_ELT(vector, i, utf8(list.values[i]));
    UNPROTECT(1);
    return vector;
}
%}

%typemap(in, numinputs=0) msched_error *err (call calling) {
    calling = (call){0};
    $1 = &calling.error;
}
/* Not by argout, after which R's result would become a list. */
%typemap(freearg) msched_error *err "end_call((const call *)$1);"

/* The finalizer frees, and nothing else does. */
%define POINTER(Class)
%header %{
static void finalize_##Class(SEXP value)
{
    delete_##Class(R_ExternalPtrAddr(value));
    R_ClearExternalPtr(value);
}
%}
%ignore Class::~Class;
%typemap(in) Class *, const Class * {
    $1 = ($1_ltype)to_pointer($input, "$1_name", #Class);
}
%typemap(out) Class * {
    $result = from_pointer((void *)$1, #Class, finalize_##Class);
}
%enddef

POINTER(Catalog)
POINTER(Filter)
POINTER(Plan)
POINTER(Schedule)
POINTER(Table)
POINTER(Calendar)
POINTER(Agenda)
POINTER(Match)
POINTER(History)
POINTER(Summary)

/* SWIG's own R code would make an integer of 32 bits of these before C sees them. */
%typemap(rtype) int64_t, int "numeric"
%typemap(rtypecheck) int64_t, int "TRUE"
%typemap(scoercein) int64_t, int ""
%typemap(scoerceout) int64_t, int ""
%typemap(in) int64_t {
    $1 = (int64_t)whole_number($input, "$1_name", 9007199254740992.0);
}
%typemap(in) int {
    $1 = (int)whole_number($input, "$1_name", 2147483647.0);
}
%typemap(out) int64_t, int "$result = Rf_ScalarReal((double)$1);"

%typemap(scoercein) const char *, (const char *text, size_t size) ""
%typemap(scoerceout) const char *, char *, number_list, text_list ""
%typemap(in) const char * {
    $1 = (char *)to_text($input, "$1_name");
}
%typemap(in) (const char *text, size_t size) {
    if ($input == R_NilValue)
        refuse("$1_name", "one text is needed");
    $1 = (char *)to_text($input, "$1_name");
    $2 = strlen($1);
}
%typemap(freearg) const char *, (const char *text, size_t size) ""
%typemap(out) const char *, char * "$result = Rf_ScalarString(utf8($1));"
%typemap(newfree) char * "free($1);"
%typemap(out) number_list "$result = from_numbers($1);"
%typemap(out) text_list "$result = from_texts($1);"
