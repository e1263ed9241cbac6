// A checker in AssemblyScript: `acme.sorted_words` passes when the words of the answer are in alphabetical order. The share of pairs
// that are is its score, so that graded rewards see progress. The ABI is docs/checker-abi.md.
//
//   npx asc sorted.ts --outFile sorted.wasm -O3 --runtime stub --use abort=sorted/stop --exportStart _initialize
//
// The runtime `stub` never takes memory back, which is right here: every call is answered by a fresh instance.

/** In place of AssemblyScript's own `abort`, which would import one: a trap, which the host takes for a mistake of this checker. */
function stop(_message: string | null, _file: string | null, _line: u32, _column: u32): void {
  unreachable();
}

export function alloc(length: i32): usize {
  return heap.alloc(length);
}

function place(at: usize, length: i32): u64 {
  return ((<u64>at) << 32) | length;
}

enum Kind {
  Failed,
  Passed,
}

/** A byte, the share of cases met as an f64, and the public reason behind its length; a private one could follow. */
function verdict(kind: Kind, share: f64, reason: string): u64 {
  const text = String.UTF8.encode(reason);
  const at = heap.alloc(13 + text.byteLength);
  store<u8>(at, kind);
  store<f64>(at, share, 1);
  store<u32>(at, text.byteLength, 9);
  memory.copy(at + 13, changetype<usize>(text), text.byteLength);
  return place(at, 13 + text.byteLength);
}

/** Skips a field of the request: its length, and so many bytes. */
function after(at: usize): usize {
  return at + 4 + load<u32>(at);
}

function letter(byte: u8): bool {
  return (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);
}

/** Words are runs of ASCII letters, in lower case. */
function words(at: usize, length: i32): string[] {
  const found: string[] = [];
  let start = 0;
  for (let i = 0; i <= length; i++) {
    if (i < length && letter(load<u8>(at + i))) continue;
    if (i > start) found.push(String.UTF8.decodeUnsafe(at + start, i - start).toLowerCase());
    start = i + 1;
  }
  return found;
}

export function check(request: usize, _length: i32): u64 {
  // The id (this module has one checker), the parameters (it takes none), the prompt; then the text.
  const text = after(after(after(request)));
  const found = words(text + 4, load<u32>(text));
  if (found.length < 2) return verdict(Kind.Failed, 0, "fewer than two words are in no order");
  let sorted = 0;
  let wrong = "";
  for (let i = 1; i < found.length; i++) {
    if (found[i - 1] <= found[i]) sorted++;
    else if (wrong == "") wrong = `"${found[i]}" comes after "${found[i - 1]}"`;
  }
  const pairs = found.length - 1;
  return sorted == pairs ? verdict(Kind.Passed, 1, "") : verdict(Kind.Failed, (<f64>sorted) / pairs, wrong);
}

export function describe(): u64 {
  const text = String.UTF8.encode(
    `{"abi":1,"checkers":[{"id":"acme.sorted_words","summary":"The words are in alphabetical order.",` +
      `"details":"Words are runs of ASCII letters; case does not count. The score is the share of neighbours in order.",` +
      `"params":[],"example":{"params":{},"passes":["a big cat"],"fails":["a cat, big"],"prompt":""},"source":"an example"}]}`,
  );
  return place(changetype<usize>(text), text.byteLength);
}
