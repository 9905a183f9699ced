/** Of the packages, PyTorch and what its build for Linux brings with it: the libraries of CUDA. */
const builds = /^(?:torch|triton|nvidia-|cuda-)/;

/**
 * A lock file of pip, in two: what is PyTorch's own build, which another index may give in another form, and the rest.
 * @param {string} lock @returns {{ torch: string, rest: string }} `torch`: name and version, such as torch==2.15.0
 */
export function lockParts(lock) {
  const entries = lock.split(/\n(?=[a-z0-9])/i);
  const torch = entries.map((entry) => /^torch==[^\s;]+/.exec(entry)?.[0]).find((found) => found !== undefined);
  if (torch === undefined) throw new Error("the lock of the trainer names no version of torch");
  return { torch, rest: `${entries.filter((entry) => !builds.test(entry)).join("\n")}\n` };
}
