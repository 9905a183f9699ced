import { config } from "zod";

// The page's policy forbids making code from text, and zod would try it once to see whether it may: a violation each time.
config({ jitless: true });
