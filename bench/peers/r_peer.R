#!/usr/bin/env Rscript
# One projection of all areas (W1) in vectorised base R, with the inputs of engine/measure/inputs.cpp.
# Prints a JSON object as numpy_peer.py does. Tables are [age, sex, area].
areas <- 290L; years <- 40L; ages <- 101L
share_by_sex <- c(0.4878, 0.5122)
spread <- function(n, start) { x <- start + n * 0.6180339887498949; x - floor(x) }
bell <- function(x, mean, width) exp(-((x - mean) / width)^2)

age <- 0:(ages - 1); area <- 0:(areas - 1)
table_of <- function(by_cell, by_area) array(rep(by_cell, areas) * rep(by_area, each = 2L * ages), c(ages, 2L, areas))
size <- exp(8.6 + 2.0 * spread(area, 0.1)) / (2L * ages)
cell <- 0:(areas * 2L * ages - 1)
shape <- ifelse(age <= 62, 1, bell(age, 62, 19))
leaving_of <- 0.012 + 0.11 * bell(age, 21, 4.5) + 0.03 * exp(-age / 6)
dying_of <- pmin(0.5, c(0.0025 * (age == 0) + 0.00008 + 1.1e-5 * exp(0.103 * age),
                        0.0025 * (age == 0) + 0.00015 + 2.0e-5 * exp(0.100 * age)))
people0 <- table_of(rep(shape, 2), size) * (0.9 + 0.2 * spread(cell, 0.2))
dying0 <- table_of(dying_of, 0.9 + 0.2 * spread(area, 0.3))
leaving0 <- table_of(rep(leaving_of, 2), 0.7 + 0.6 * spread(area, 0.4))
arriving0 <- table_of(rep(leaving_of, 2), size)
bearing_ages <- 15:49
bearing0 <- outer(0.125 * bell(bearing_ages, 30.6, 6.2), 0.93 + 0.14 * spread(area, 0.6))
improvement <- 0.018 * bell(age, 50, 45)

project <- function() {
  people <- people0; births <- 0; deaths <- 0
  for (year in 0:(years - 1)) {
    dying <- dying0 * rep(exp(-improvement * year), 2)
    arriving <- arriving0 * (0.92 + 0.16 * spread(year, 0.2))
    stay <- people * (1 - dying - leaving0 * (0.95 + 0.1 * spread(year, 0.1)))
    deaths <- deaths + sum(people * dying)
    after <- arriving
    after[2:ages, , ] <- stay[1:(ages - 1), , ] + arriving[2:ages, , ]
    after[ages, , ] <- after[ages, , ] + stay[ages, , ]
    at <- bearing_ages + 1
    born <- colSums(bearing0 * (0.96 + 0.08 * spread(year, 0.3)) * 0.5 *
                      (people[at, 1, ] + after[at, 1, ]))
    births <- births + sum(born)
    for (sex in 1:2) {
      after[1, sex, ] <- born * share_by_sex[sex] * (1 - 0.5 * dying[1, sex, ]) + arriving[1, sex, ]
    }
    people <- after
  }
  c(sum(people), births, deaths)
}
times <- replicate(5, { start <- proc.time(); sums <<- project(); sum((proc.time() - start)[1:2]) })
cat(sprintf('{"W1": {"seconds": %.6f, "cell_years": %d, "persons": %.9f, "births": %.9f, "deaths": %.9f}}\n',
            median(times), areas * 2L * ages * years, sums[1], sums[2], sums[3]))
