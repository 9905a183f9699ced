// `npm run rotate-key`: makes a new encryption key and seals everything with it. The app has to be stopped. Broken off at any point, the next start finds
// one key that opens everything.
import { operate } from "./lib/operate.mjs";

await operate("server/domain/encryption-key/rotate-key.ts");
