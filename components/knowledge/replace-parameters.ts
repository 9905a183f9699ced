/** Changes the address without asking the server for the page again. */
export const replaceParameters = (change: (parameters: URLSearchParams) => void): void => {
  const parameters = new URLSearchParams(window.location.search);
  change(parameters);
  const query = parameters.toString();
  window.history.replaceState(null, "", query === "" ? window.location.pathname : `?${query}`);
};
