import { spawnSync } from "node:child_process";

/** How to start Node so that what runs in it can do little harm, and what of that this machine does not have. */
export interface ConfinedProcess {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** In English, for the log; empty where nothing lacks. */
  readonly missing: readonly string[];
}

/** Beyond it a question to the system counts as unanswered, in milliseconds. */
const patience = 3_000;
/** Nothing else of the app's environment, which holds its keys. */
const passedOn = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SystemRoot", "USERPROFILE"];

/**
 * Node on `script` with a read-only view of the disk and, where the system can, without any network of its own. `node` are flags of Node,
 * `given` the script's arguments.
 */
export function confinedProcess(script: string, node: readonly string[], given: readonly string[]): ConfinedProcess {
  const permission = permissionFlags();
  const isolated = canLeaveNetwork();
  const missing = [
    ...(permission.length > 0 ? [] : ["a read-only view of the disk"]),
    ...(isolated ? [] : ["a network namespace of its own"]),
  ];
  const flags = [...node, ...permission, "--no-warnings", script, ...given];
  const environment = Object.fromEntries(
    passedOn.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return {
    command: isolated ? "unshare" : process.execPath,
    arguments: isolated ? [...leaveNetwork, process.execPath, ...flags] : flags,
    // The loader of TypeScript would write what it has made of a module.
    environment: { ...environment, TSX_DISABLE_CACHE: "1" },
    missing,
  };
}

/** Called otherwise before Node 22.13. There, the loader of TypeScript needs a process of its own until all modules are loaded. */
function permissionFlags(): readonly string[] {
  const has = (flag: string) => process.allowedNodeEnvironmentFlags.has(flag);
  const name = ["--permission", "--experimental-permission"].find(has);
  if (!name) return [];
  const isOld = name === "--experimental-permission";
  return [
    name,
    "--allow-fs-read=*",
    "--allow-worker",
    ...(has("--allow-addons") ? ["--allow-addons"] : []),
    ...(isOld ? ["--allow-child-process"] : []),
  ];
}

const leaveNetwork = ["--user", "--map-root-user", "--net", "--"] as const;
let leavesNetwork: boolean | undefined;

/** Linux lets a process begin in a network that has no way out, unless it is set up not to. Asked once. */
function canLeaveNetwork(): boolean {
  leavesNetwork ??=
    process.platform === "linux" &&
    spawnSync("unshare", [...leaveNetwork, "true"], { timeout: patience, stdio: "ignore" }).status === 0;
  return leavesNetwork;
}
