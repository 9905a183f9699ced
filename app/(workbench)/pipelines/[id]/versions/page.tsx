import { VersionsPage } from "@/components/editor/versions/versions-page";

interface VersionsRouteProps {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

const one = (value: string | string[] | undefined): string => (typeof value === "string" ? value : "");

export default async function VersionsRoute({ params, searchParams }: VersionsRouteProps) {
  const [{ id }, { from, to }] = await Promise.all([params, searchParams]);
  return <VersionsPage id={id} from={one(from)} to={one(to)} />;
}
