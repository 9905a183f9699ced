/** Pages that a stranger may see. Every other page is behind the sign-in. A shared report, and a question that was mailed, are opened by their token alone. */
export const publicPages: readonly string[] = ["/sign-in", "/reports/[token]", "/answer/[token]"];

const patterns = publicPages.map((page) => new RegExp(`^${page.replace("[token]", "[\\w-]{32}")}$`));

export const isPublicPage = (pathname: string): boolean => {
  const path = pathname.replace(/(?<=[^/])\/+$/, "");
  return patterns.some((pattern) => pattern.test(path));
};
