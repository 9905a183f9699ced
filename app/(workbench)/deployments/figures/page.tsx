import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { WorkspaceFigures } from "@/components/deployments/figures/workspace-figures";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("deployments.figures"))("title") };
}

export default function DeploymentFiguresPage() {
  return <WorkspaceFigures />;
}
