const backslash = 0x5c;

/**
 * Where a text of JSON ends that is opened at `opened`: the place of its second quote, the length of all where there is none. It leaps from quote to quote, so
 * that megabytes of base64 take no longer than finding one letter in them.
 */
export const endOfText = (json: string, opened: number): number => {
  let from = opened + 1;
  for (;;) {
    const end = json.indexOf('"', from);
    if (end < 0) return json.length;
    let before = end;
    while (before > from && json.charCodeAt(before - 1) === backslash) before -= 1;
    if ((end - before) % 2 === 0) return end;
    from = end + 1;
  }
};
