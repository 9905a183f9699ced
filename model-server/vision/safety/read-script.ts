/** What the script stands for: the value behind its one `exports=`. The script is read, never run. */
function exported(script: string, opening: string, closing: string): string {
  const start = script.indexOf(`.exports=${opening}`);
  // After the value comes the end of the function around it.
  const end = script.lastIndexOf(`${closing}},{}]}`);
  if (start === -1 || end <= start) throw new Error("the script does not hold what it should");
  return script.slice(start + ".exports=".length, end + closing.length);
}

/** An object literal as a minifier writes it: bare names, `!0` for true, `.5` for 0.5. */
export function readObject(script: string): unknown {
  const literal = exported(script, "{", "}");
  const json = literal.replace(
    /"(?:[^"\\]|\\.)*"|!0|!1|(?<![\w$])[A-Za-z_$][\w$]*(?=:)|(?<![\w.])\.(?=\d)/g,
    (found) =>
      found === "!0"
        ? "true"
        : found === "!1"
          ? "false"
          : found === "."
            ? "0."
            : found.startsWith('"')
              ? found
              : `"${found}"`,
  );
  return JSON.parse(json);
}

/** Bytes in base64 between quotes. */
export const readBytes = (script: string): Uint8Array => Buffer.from(exported(script, '"', '"').slice(1, -1), "base64");
