/* A checker in C: `acme.mentions` passes when the answer has a word in it, as it is written. The ABI is docs/checker-abi.md.
 *
 *   clang --target=wasm32 -O2 -nostdlib -ffreestanding -Wall -Wextra -Wl,--no-entry -Wl,-z,stack-size=65536 -o mentions.wasm mentions.c
 *
 * Nothing is imported, not even a C library: every call is answered by a fresh instance, so memory is handed out and never
 * taken back. */

typedef unsigned char byte;
typedef unsigned int u32;
typedef unsigned long long u64;

#define EXPORT(name) __attribute__((export_name(#name)))

typedef struct {
    const byte *at;
    u32 length;
} text;

/* ---- memory ---- */

extern byte __heap_base;
static u32 next_free;

EXPORT(alloc) u32 alloc(u32 length) {
    u32 start = next_free ? next_free : (u32)&__heap_base;
    u32 end = start + length;
    if (end < start) {
        __builtin_trap();
    }
    u32 have = (u32)__builtin_wasm_memory_size(0) << 16;
    /* A trap here, or a limit of the host, is told from a mistake of ours by the host. */
    if (end > have && __builtin_wasm_memory_grow(0, (end - have + 0xffff) >> 16) == (unsigned long)-1) {
        __builtin_trap();
    }
    next_free = end;
    return start;
}

/* clang makes calls of these from loops and assignments. */
void *memcpy(void *to, const void *from, unsigned long length) {
    for (unsigned long i = 0; i < length; i++) {
        ((volatile byte *)to)[i] = ((const byte *)from)[i];
    }
    return to;
}

static u64 place(const void *at, u32 length) {
    return (u64)(u32)at << 32 | length;
}

/* ---- the request: id, parameters, prompt, text ---- */

static text field(const byte **at) {
    const byte *p = *at;
    u32 length = p[0] | p[1] << 8 | p[2] << 16 | (u32)p[3] << 24;
    *at = p + 4 + length;
    return (text){p + 4, length};
}

/* The value of "word" in {"word":"…"}: the host has validated the parameters against the description, and writes JSON without
 * spaces, so that only escapes are left to undo. Returns 0 for what this checker does not understand. */
static int word_of(text params, text *word) {
    static const char start[] = "{\"word\":\"";
    u32 from = sizeof start - 1;
    if (params.length < from + 2) {
        return 0;
    }
    for (u32 i = 0; i < from; i++) {
        if (params.at[i] != (byte)start[i]) {
            return 0;
        }
    }
    byte *out = (byte *)alloc(params.length);
    u32 length = 0;
    for (u32 i = from; i < params.length; i++) {
        byte c = params.at[i];
        if (c == '"') {
            *word = (text){out, length};
            /* Exactly the end of the object, and a word that is not empty. */
            return i + 2 == params.length && params.at[i + 1] == '}' && length > 0;
        }
        if (c == '\\') {
            c = params.at[++i];
            if (c == 'n') {
                c = '\n';
            } else if (c == 't') {
                c = '\t';
            } else if (c != '"' && c != '\\' && c != '/') {
                return 0; /* \u and the rest: nothing passes because it was not understood. */
            }
        }
        out[length++] = c;
    }
    return 0;
}

static int mentions(text in, text word) {
    for (u32 start = 0; start + word.length <= in.length; start++) {
        u32 same = 0;
        while (same < word.length && in.at[start + same] == word.at[same]) {
            same++;
        }
        if (same == word.length) {
            return 1;
        }
    }
    return 0;
}

/* ---- verdicts: a byte, an f64, and the public reason behind its length; a private one could follow ---- */

enum { FAILED, PASSED, REFUSED };

static u64 verdict(byte kind, const char *reason) {
    u32 length = 0;
    while (reason[length]) {
        length++;
    }
    byte *out = (byte *)alloc(13 + length);
    double share = kind == PASSED ? 1.0 : 0.0;
    out[0] = kind;
    memcpy(out + 1, &share, 8);
    memcpy(out + 9, &length, 4);
    memcpy(out + 13, reason, length);
    return place(out, 13 + length);
}

static const char UNUSABLE[] = "`word` is empty, or has an escape that this checker does not know";

EXPORT(check) u64 check(const byte *request, u32 length) {
    (void)length;
    field(&request); /* the id: this module has one checker */
    text params = field(&request);
    field(&request); /* the prompt */
    text answer = field(&request), word;
    if (!word_of(params, &word)) {
        return verdict(REFUSED, UNUSABLE);
    }
    return mentions(answer, word) ? verdict(PASSED, "") : verdict(FAILED, "the word is not in the answer");
}

/* A complaint about the parameters, told when the spec is checked; none has length 0. */
EXPORT(validate) u64 validate(const byte *request, u32 length) {
    (void)length;
    text word;
    field(&request);
    return word_of(field(&request), &word) ? place(UNUSABLE, 0) : place(UNUSABLE, sizeof UNUSABLE - 1);
}

static const char DESCRIPTION[] =
    "{\"abi\":1,\"checkers\":[{\"id\":\"acme.mentions\",\"summary\":\"The answer mentions a word.\",\"details\":\"\","
    "\"params\":[{\"name\":\"word\",\"kind\":{\"type\":\"text\"},\"required\":true,\"doc\":\"the word, as it is written\"}],"
    "\"example\":{\"params\":{\"word\":\"owl\"},\"passes\":[\"An owl.\"],\"fails\":[\"A hawk.\"],\"prompt\":\"\"},"
    "\"source\":\"an example\"}]}";

EXPORT(describe) u64 describe(void) {
    return place(DESCRIPTION, sizeof DESCRIPTION - 1);
}
