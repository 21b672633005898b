import { DAYS } from "./days.ts";
import { tellStory } from "./story.ts";

tellStory("thirty days with real processes, git, HTTP and SMTP", DAYS, 7_200_000);
