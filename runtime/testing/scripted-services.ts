import { ScriptedCache } from "@/runtime/capability/cache/scripted";
import type { CapabilityName, CapabilityScript, RunServices } from "@/runtime/capability/capabilities";
import { ScriptedCode } from "@/runtime/capability/code/scripted";
import { ScriptedFiles } from "@/runtime/capability/files/scripted";
import { ScriptedKnowledge } from "@/runtime/capability/knowledge/scripted";
import { ScriptedMcp } from "@/runtime/capability/mcp/scripted";
import { ScriptedRegistry } from "@/runtime/capability/registry/scripted";
import { ScriptedVault } from "@/runtime/capability/vault/scripted";
import { ScriptedWeb } from "@/runtime/capability/web/scripted";

/** Every capability, following a script. */
export class ScriptedServices implements Required<RunServices> {
  readonly cache: ScriptedCache;
  readonly code = new ScriptedCode();
  readonly files: ScriptedFiles;
  readonly knowledge: ScriptedKnowledge;
  readonly mcp: ScriptedMcp;
  readonly registry: ScriptedRegistry;
  readonly vault: ScriptedVault;
  readonly web: ScriptedWeb;

  constructor(script: CapabilityScript) {
    this.cache = new ScriptedCache(script);
    this.files = new ScriptedFiles(script);
    this.knowledge = new ScriptedKnowledge(script);
    this.mcp = new ScriptedMcp(script);
    this.registry = new ScriptedRegistry(script);
    this.vault = new ScriptedVault(script);
    this.web = new ScriptedWeb(script);
  }

  /** Of each capability that is scripted call by call, how many replies were not asked for. */
  get left(): Partial<Record<CapabilityName, number>> {
    const counted = Object.entries(this).flatMap(([name, { left }]) => (left === undefined ? [] : [[name, left]]));
    return Object.fromEntries(counted);
  }
}
