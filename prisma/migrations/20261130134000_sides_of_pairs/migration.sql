-- Judges favour a side: kept, so that it can be told how far.
ALTER TABLE "ExperimentPair" ADD COLUMN "side" DOUBLE PRECISION;
