export interface SidebarChoice {
  /** Narrow on every page but the editor. */
  readonly pages: boolean;
  /** Narrow in the editor. */
  readonly editor: boolean;
}

/** A cookie, so that the server draws the sidebar as it was left. */
export const sidebarCookie = "sidebar";

const year = 365 * 24 * 60 * 60;

/** Two letters: the pages', then the editor's; `n` is narrow, `w` wide. */
export const readSidebarChoice = (cookie: string | undefined): SidebarChoice => ({
  pages: cookie?.[0] === "n",
  editor: cookie?.[1] !== "w",
});

export const writeSidebarChoice = (choice: SidebarChoice): string =>
  (choice.pages ? "n" : "w") + (choice.editor ? "n" : "w");

export const rememberSidebar = (choice: SidebarChoice): void => {
  // biome-ignore lint/suspicious/noDocumentCookie: cookieStore is missing in browsers we serve and on plain http.
  document.cookie = `${sidebarCookie}=${writeSidebarChoice(choice)}; path=/; max-age=${year}; samesite=lax`;
};
