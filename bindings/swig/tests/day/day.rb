# frozen_string_literal: true

# Plans a day: ruby day.rb SONGS.csv PLAN.txt
require "musicsched"

Musicsched::Catalog.read_csv(ARGV[0]) do |catalog|
  plan = Musicsched::Plan.from_text(File.read(ARGV[1]), catalog: catalog)
  print catalog.schedule(plan).to_json
end
