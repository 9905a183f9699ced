import {
  Box,
  FlaskConical,
  GitPullRequestArrow,
  House,
  Inbox,
  LayoutGrid,
  Library,
  ListTree,
  type LucideIcon,
  MessageSquareText,
  Rocket,
  Scale,
  Settings,
  Workflow,
} from "lucide-react";

/** The pages of the sidebar and of the command palette, in order. The name is a key of the `shell.pages` messages. */
export const pages = [
  { name: "home", href: "/", icon: House },
  { name: "pipelines", href: "/pipelines", icon: Workflow },
  { name: "gallery", href: "/gallery", icon: LayoutGrid },
  { name: "runs", href: "/runs", icon: ListTree },
  { name: "inbox", href: "/inbox", icon: Inbox },
  { name: "prompts", href: "/prompts", icon: MessageSquareText },
  { name: "proposals", href: "/proposals", icon: GitPullRequestArrow },
  { name: "knowledge", href: "/knowledge", icon: Library },
  { name: "models", href: "/models", icon: Box },
  { name: "registry", href: "/registry", icon: FlaskConical },
  { name: "evaluation", href: "/evaluation", icon: Scale },
  { name: "deployments", href: "/deployments", icon: Rocket },
  { name: "settings", href: "/settings", icon: Settings },
] as const satisfies readonly { readonly name: string; readonly href: string; readonly icon: LucideIcon }[];

export type Page = (typeof pages)[number];

/** Whether `pathname` is the page or lies below it. */
export const isBelow = (pathname: string, href: string): boolean =>
  href === "/" ? pathname === "/" : pathname === href || pathname.startsWith(`${href}/`);

/** The editor wants the whole window, so it keeps its own choice of how wide the sidebar is. */
export const isEditor = (pathname: string): boolean =>
  /^\/pipelines\/[^/]+/.test(pathname) && !pathname.endsWith("/propose");
