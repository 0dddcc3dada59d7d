# Plans a day: Rscript day.R SONGS.csv PLAN.txt
library(musicsched)

files <- commandArgs(trailingOnly = TRUE)
catalog <- read_catalog(files[1])
plan <- plan_text(readLines(files[2], encoding = "UTF-8"), catalog)
cat(to_json(schedule(catalog, plan)))
