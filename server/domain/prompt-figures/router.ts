import { router } from "@/server/platform/trpc/procedures";
import { promptLog } from "./change-log";
import { versionFigures } from "./version-figures";

export const promptFiguresRouter = router({ version: versionFigures, log: promptLog });
