// The resolved scenarios of the results: TOML with one value a line, each followed by its origin.

/// Values by their path, such as "projection.end_year"; what was not read is left out. Lists of blocks
/// stand in one line.
export function valuesOf(text) {
  const values = new Map();
  let path = "";
  for (const line of text.split("\n")) {
    const head = line.match(/^\[([^[].*)\]/);
    const value = line.match(/^([\w"]+) = (.*?)(?:\s+# [^"]*)?$/);
    if (head) path = `${head[1]}.`;
    else if (value) values.set(path + value[1], value[2]);
  }
  return values;
}

/// A text of a scenario without its quotes; none where it has no such text.
export function textOf(values, name) {
  const written = values.get(name);
  if (!written) return "";
  try {
    return JSON.parse(written);
  } catch {
    return written;
  }
}
