import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getDatabase } from "@/server/platform/db/database";
import type { Member } from "@/server/platform/guard/member";
import { identify } from "./identify";

/** For layouts and pages: who is looking, or null. */
export const pageMember = async (): Promise<Member | null> => identify(await getDatabase(), await headers());

/** For everything behind the door: strangers are sent to the sign-in page. */
export const requirePageMember = async (): Promise<Member> => (await pageMember()) ?? redirect("/sign-in");
