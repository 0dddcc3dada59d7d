/*
 * language_lua.i: errors are tables {code =, line =, column =, message =}; whole numbers are Lua
 * integers, and one that does not fit is refused; texts are bytes of UTF-8; columns are lists, nil
 * where there is no value.
 */
%header %{
#include <lauxlib.h>
#include <lua.h>
#include <math.h>
#include <string.h>

/*
 * Lua has no interrupt of its own: whoever wants to stop a script sets a debug hook, from a signal
 * handler too (the standalone lua does so at Ctrl-C). A hook that is not the one of the call's
 * beginning therefore stops the call.
 */
typedef struct call {
    msched_error error;
    lua_State *states[2]; /* the one that calls, and the main one */
    lua_Hook hooks[2];
    int counts[2];
} call;

static void begin_call(call *self, lua_State *L)
{
    memset(self, 0, sizeof *self);
    lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_MAINTHREAD);
    self->states[0] = L;
    self->states[1] = lua_tothread(L, -1);
    lua_pop(L, 1);
    for (int i = 0; i < 2; i++) {
        self->hooks[i] = lua_gethook(self->states[i]);
        self->counts[i] = lua_gethookcount(self->states[i]);
    }
}

int32_t msched_swig_cancel(void *ctx)
{
    const call *self = ctx;
    for (int i = 0; i < 2; i++)
        if (lua_gethook(self->states[i]) != self->hooks[i]
            || lua_gethookcount(self->states[i]) != self->counts[i])
            return 1;
    return 0;
}

void msched_swig_run(void (*work)(void *), void *argument, msched_error *err)
{
    (void)err;
    work(argument);
}

static int error_to_string(lua_State *L)
{
    lua_getfield(L, 1, "message");
    return 1;
}

static void push_error(lua_State *L, const msched_error *error)
{
    lua_createtable(L, 0, 4);
    lua_pushstring(L, msched_result_name(error->code));
    lua_setfield(L, -2, "code");
    lua_pushinteger(L, (lua_Integer)error->line);
    lua_setfield(L, -2, "line");
    lua_pushinteger(L, (lua_Integer)error->column);
    lua_setfield(L, -2, "column");
    lua_pushstring(L, error->message);
    lua_setfield(L, -2, "message");
    if (luaL_newmetatable(L, "musicsched.error")) {
        lua_pushcfunction(L, error_to_string);
        lua_setfield(L, -2, "__tostring");
    }
    lua_setmetatable(L, -2);
}

/* `name`: of the argument. */
static void push_argument_error(lua_State *L, const char *name, const char *message)
{
    msched_error error = {.code = MSCHED_ERROR_ARGUMENT};
    snprintf(error.message, sizeof error.message, "%s: %s", name, message);
    push_error(L, &error);
}

/* 1, or 0 with an error pushed. */
static int to_integer(lua_State *L, int index, const char *name, lua_Integer low, lua_Integer high,
                      lua_Integer *out)
{
    int whole = 0;
    if (lua_type(L, index) == LUA_TNUMBER)
        *out = lua_tointegerx(L, index, &whole);
    if (whole && *out >= low && *out <= high)
        return 1;
    push_argument_error(L, name, "a whole number is needed that fits its range");
    return 0;
}

static int to_bytes(lua_State *L, int index, const char *name, const char **data, size_t *size)
{
    *size = 0;
    *data = NULL;
    if (lua_type(L, index) == LUA_TSTRING)
        *data = lua_tolstring(L, index, size);
    if (*data == NULL)
        push_argument_error(L, name, "a string is needed");
    return *data != NULL;
}

/* A string without zero bytes, or nil for NULL. */
static int to_text(lua_State *L, int index, const char *name, const char **text)
{
    size_t size = 0;
    *text = NULL;
    if (lua_isnoneornil(L, index))
        return 1;
    if (!to_bytes(L, index, name, text, &size))
        return 0;
    if (memchr(*text, '\0', size) == NULL)
        return 1;
    push_argument_error(L, name, "a string cannot contain a zero byte");
    return 0;
}

static void push_numbers(lua_State *L, number_list list)
{
    lua_createtable(L, (int)list.count, 0);
    for (uint32_t i = 0; i < list.count; i++) {
        if (isnan(list.values[i]))
            continue;
        if (list.whole)
            lua_pushinteger(L, (lua_Integer)list.values[i]);
        else
            lua_pushnumber(L, list.values[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_texts(lua_State *L, text_list list)
{
    lua_createtable(L, (int)list.count, 0);
    for (uint32_t i = 0; i < list.count; i++) {
        if (list.values[i] == NULL)
            continue;
        lua_pushstring(L, list.values[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}
%}

%typemap(in, numinputs=0) msched_error *err (call calling) {
    begin_call(&calling, L);
    $1 = &calling.error;
}
%typemap(argout) msched_error *err {
    if ($1->code != MSCHED_OK) {
        push_error(L, $1);
        SWIG_fail;
    }
}

%typemap(in) int64_t (lua_Integer whole) {
    if (!to_integer(L, $input, "$1_name", INT64_MIN, INT64_MAX, &whole))
        SWIG_fail;
    $1 = ($1_ltype)whole;
}
%typemap(in) int (lua_Integer whole) {
    if (!to_integer(L, $input, "$1_name", INT32_MIN, INT32_MAX, &whole))
        SWIG_fail;
    $1 = ($1_ltype)whole;
}
%typemap(out) int64_t, int {
    lua_pushinteger(L, (lua_Integer)$1);
    SWIG_arg++;
}

%typemap(in) const char * {
    if (!to_text(L, $input, "$1_name", (const char **)&$1))
        SWIG_fail;
}
%typemap(in) (const char *text, size_t size) {
    if (!to_bytes(L, $input, "$1_name", (const char **)&$1, &$2))
        SWIG_fail;
}
%typemap(freearg) const char *, (const char *text, size_t size) ""
%typemap(out) const char *, char * {
    lua_pushstring(L, $1);
    SWIG_arg++;
}
%typemap(newfree) char * "free($1);"

%typemap(out) number_list {
    push_numbers(L, $1);
    SWIG_arg++;
}
%typemap(out) text_list {
    push_texts(L, $1);
    SWIG_arg++;
}
