/** Pages that a stranger may see. Every other page is behind the sign-in. A shared report, and a question that was mailed, are opened by their token alone; the page of a deployment says itself who may come in. */
export const publicPages: readonly string[] = ["/sign-in", "/reports/[token]", "/answer/[token]", "/p/[slug]"];

const patterns = publicPages.map(
  (page) => new RegExp(`^${page.replace("[token]", "[\\w-]{32}").replace("[slug]", "[a-z0-9-]{3,63}")}$`),
);

export const isPublicPage = (pathname: string): boolean => {
  const path = pathname.replace(/(?<=[^/])\/+$/, "");
  return patterns.some((pattern) => pattern.test(path));
};
