import { describe, expect, it } from "vitest";
import { imageData, MAX_IMAGE_BYTES } from "./image-data";

const codeOf = (url: string) => {
  const data = imageData(url, "messages[0].content");
  return data.ok ? undefined : data.error.code;
};

describe("imageData", () => {
  it("reads the bytes of a data address", () => {
    const data = imageData("data:image/png;base64,AQID", "p");
    expect(data.ok && Array.from(data.value)).toEqual([1, 2, 3]);
    expect(codeOf("data:image/jpeg;charset=utf-8;base64,AQID")).toBeUndefined();
  });

  it("fetches nothing and says so", () => {
    expect(imageData("http://169.254.169.254/latest", "p")).toMatchObject({
      error: { status: 400, message: expect.stringContaining("fetches no pictures") },
    });
    for (const url of ["file:///etc/passwd", "ftp://x/y.png", "data:image/png,AQID", "AQID", ""])
      expect(codeOf(url)).toBe("invalid_image_url");
  });

  it("refuses what is too large or empty", () => {
    expect(codeOf(`data:image/png;base64,${"A".repeat(Math.ceil(MAX_IMAGE_BYTES / 0.75) + 4)}`)).toBe(
      "image_too_large",
    );
    expect(codeOf("data:image/png;base64,")).toBe("invalid_image");
  });
});
