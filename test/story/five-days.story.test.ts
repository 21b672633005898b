import { DAYS } from "./days.ts";
import { tellStory } from "./story.ts";

tellStory("five days with real processes, git, HTTP and SMTP", DAYS.slice(0, 5), 1_200_000);
