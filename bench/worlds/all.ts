import { gateWorlds } from "./gates";
import { groupWorlds } from "./groups";
import { judgeWorlds } from "./judges";
import { labelWorlds } from "./labels";
import { manyWorlds } from "./many";
import { numberWorlds } from "./numbers";
import { passingWorlds } from "./passing";
import { rateWorlds } from "./rates";
import { settlingWorlds } from "./settling";
import type { World } from "./world";

export const worlds: readonly World[] = [
  ...rateWorlds,
  ...numberWorlds,
  ...groupWorlds,
  ...passingWorlds,
  ...manyWorlds,
  ...labelWorlds,
  ...judgeWorlds,
  ...gateWorlds,
  ...settlingWorlds,
];
