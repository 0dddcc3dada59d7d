# frozen_string_literal: true

Gem::Specification.new do |spec|
  spec.name = "musicsched"
  spec.version = "@version@"
  spec.summary = "Schedules to-dos and music to the second, and analyzes song popularity"
  spec.description = "A binding of the C library libmusicsched, which must be installed with its " \
                     "headers and musicsched.pc."
  spec.authors = ["The libmusicsched maintainers"]
  spec.licenses = ["MIT"]
  spec.required_ruby_version = ">= 3.0"
  spec.files = Dir["lib/**/*.rb", "ext/**/*.{rb,c,h}", "README.md", "LICENSE*", "THIRD-PARTY.md"]
  spec.extensions = ["ext/musicsched/extconf.rb"]
  spec.metadata = { "rubygems_mfa_required" => "true" }
end
