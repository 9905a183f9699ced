/** Where to go after signing in: a path of this app, or home. Anything that could lead to another host is home. */
export const safeNext = (wanted: unknown): string => {
  if (typeof wanted !== "string" || wanted.length > 2000 || !/^\/(?![/\\])/.test(wanted)) return "/";
  // The URL parser is what the browser will use: it drops tabs and newlines and reads backslashes as slashes.
  const url = URL.canParse(wanted, "http://app.invalid") ? new URL(wanted, "http://app.invalid") : null;
  if (url === null || url.origin !== "http://app.invalid" || url.pathname.startsWith("/sign-in")) return "/";
  return `${url.pathname}${url.search}`;
};
