/** Sends a file to the object store; gives its id. Throws an error whose message says what the server said. */
export const uploadRows = async (file: File): Promise<{ readonly fileId: string; readonly name: string }> => {
  const body = new FormData();
  body.append("file", file);
  const response = await fetch("/api/files", { method: "POST", body });
  const answer = (await response.json().catch(() => ({}))) as {
    file?: { fileId: string; name: string };
    error?: { message?: string };
  };
  if (!response.ok || answer.file === undefined) throw new Error(answer.error?.message ?? String(response.status));
  return answer.file;
};
