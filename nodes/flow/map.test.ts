import { describeNode } from "@/runtime/testing/node-spec";
import { ioInput } from "../io/input";
import { ioOutput } from "../io/output";
import { flowMap } from "./map";

describeNode(flowMap, "nodes/flow/map.ts", { inside: [ioInput, ioOutput] });
