import { sampleHealthRoute } from "@/server/api/http/samples/accounts";

export const dynamic = "force-dynamic";

export { sampleHealthRoute as GET };
