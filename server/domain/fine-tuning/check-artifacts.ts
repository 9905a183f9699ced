import { z } from "zod";
import type { TrainerArtifact } from "@/runtime/fine-tuning/trainer/contract";
import { JobFailure } from "@/server/platform/job/job-failure";

/** A pickle runs whatever program it holds when it is opened. */
export const isPickle = (name: string): boolean => /\.(?:bin|pt|pth|pkl|pickle|ckpt|joblib|npy|npz)$/i.test(name);

export const refusePickles = (artifacts: readonly Pick<TrainerArtifact, "name">[]): void => {
  const pickle = artifacts.find(({ name }) => isPickle(name));
  if (pickle !== undefined)
    throw new JobFailure(
      "pickle",
      `${pickle.name} may be a pickle, which can run any program when it is opened. Only safetensors are taken; nothing was stored.`,
    );
  const odd = artifacts.find(
    ({ name }) => name.split("/").some((part) => part === ".." || part === "") || name.includes("\\"),
  );
  if (odd !== undefined)
    throw new JobFailure(
      "trainer-untrue",
      `A file of the training is called ${JSON.stringify(odd.name)}, which is no name of a file.`,
    );
};

const adapterConfig = z.object({ base_model_name_or_path: z.string().nullish() });

/** What a file has to be by its name: weights as safetensors, and a configuration for this base. Throws `JobFailure`. */
export const checkAdapter = (name: string, bytes: Uint8Array, base: string): void => {
  if (name.endsWith(".safetensors") && !isSafetensors(bytes))
    throw new JobFailure("pickle", `${name} is no safetensors file, whatever its name says. It was not stored.`);
  if (!name.endsWith("adapter_config.json")) return;
  const told = adapterConfig.safeParse(parse(bytes)).data?.base_model_name_or_path;
  if (told === undefined || told === null) return;
  const folder = told.replaceAll("\\", "/").replace(/(?<!\/)\/+$/, "");
  if (folder !== base && !folder.endsWith(`/${base}`))
    throw new JobFailure(
      "other-base",
      `The adapter is for the base model ${JSON.stringify(told)}, not for ${JSON.stringify(base)}. It was not stored.`,
    );
};

/** 8 bytes say how long the head is, which is JSON, and begins at once. */
const isSafetensors = (bytes: Uint8Array): boolean => {
  if (bytes.byteLength < 10) return false;
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  return (
    length >= 2n &&
    length <= BigInt(bytes.byteLength - 8) &&
    typeof parse(bytes.subarray(8, 8 + Number(length))) === "object"
  );
};

const parse = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
};
