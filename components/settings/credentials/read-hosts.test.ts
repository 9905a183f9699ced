import { expect, test } from "vitest";
import { readHosts } from "./read-hosts";

test("reads hosts the way people paste them", () => {
  expect(readHosts(" API.example.com, https://b.example.com:8443/v1\n*.example.org;api.example.com ")).toEqual([
    "api.example.com",
    "b.example.com:8443",
    "*.example.org",
  ]);
  expect(readHosts("")).toEqual([]);
});
