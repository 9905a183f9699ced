/** Pages that a stranger may see. Every other page is behind the sign-in. */
export const publicPages: readonly string[] = ["/sign-in"];

export const isPublicPage = (pathname: string): boolean => publicPages.includes(pathname.replace(/(?<=.)\/+$/, ""));
