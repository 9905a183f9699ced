import { describe, expect, it } from "vitest";
import { readOptions } from "./options.mjs";
import { StartFailure } from "./start-failure.mjs";

const environment = (values: Record<string, string>) => ({ NODE_ENV: "test" as const, ...values });

describe("the options of npm start", () => {
  it("serve this machine at port 3000, with models, when nothing is said", () => {
    expect(readOptions([], environment({}))).toEqual({
      port: 3000,
      host: "127.0.0.1",
      dev: false,
      models: true,
      link: false,
      newKey: false,
      help: false,
    });
  });

  it("come from the command line first, then from the environment", () => {
    const set = environment({ PORT: "4000", PIPEWRIGHT_HOST: "0.0.0.0" });
    expect(readOptions([], set)).toMatchObject({ port: 4000, host: "0.0.0.0" });
    expect(readOptions(["--port", "5000", "--host", "::1"], set)).toMatchObject({ port: 5000, host: "::1" });
  });

  it.each(["0", "65536", "http", "", "-1", "3000.5"])("refuse the port %j", (port) => {
    expect(() => readOptions([`--port=${port}`], environment({}))).toThrow(/number from 1 to 65535/);
  });

  it("refuse what they do not know and show what there is", () => {
    expect(() => readOptions(["--prot", "1"], environment({}))).toThrow(StartFailure);
    expect(() => readOptions(["--prot", "1"], environment({}))).toThrow(/--host 0\.0\.0\.0/);
  });
});
