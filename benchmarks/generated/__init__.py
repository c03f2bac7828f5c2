"""A standards system of the published size that nobody has published: invented, seeded, in the shape of the real sources.

The counts are those of China's system. Committees, companies, institutes and associations are invented and say so by the character 拟
(simulated) in their names; numbers and codes begin where no real ones are. Agencies, industry codes and places are the real
ones, so that questions walk the same way up as on real data; that one of them supervises a certain committee or standard here is invented.
"""
