import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Deployments } from "@/components/deployments/deployments";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell.pages"))("deployments") };
}

export default function DeploymentsPage() {
  return <Deployments />;
}
